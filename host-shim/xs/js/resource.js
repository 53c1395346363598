// The SDK's module of that name: a file of the image, read by natives where it lies. Signatures: ../../types/sdk-resource.d.ts.
export default class Resource @ "xs_resource_destroy" {
	constructor(name) @ "xs_resource_open"
	get byteLength() @ "xs_resource_length"
}
