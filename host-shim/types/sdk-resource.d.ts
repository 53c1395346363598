/** `Resource` of the SDK (modules/files/resource), and of the XS host: a file of the firmware's image, in flash. */
declare module "Resource" {
	export default class Resource {
		/** @throws URIError where there is none of that name */
		constructor(name: string);
		readonly byteLength: number;
	}
}
