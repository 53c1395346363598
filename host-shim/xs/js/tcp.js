export default class TCP @ "xs_tcp_destroy" {
	constructor(options) @ "xs_tcp_open"
	read(view) @ "xs_tcp_read"
	write(view) @ "xs_tcp_write"
	close() @ "xs_tcp_close"
	get remoteAddress() @ "xs_tcp_remote_address"
}
