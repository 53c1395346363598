import TCP from "embedded:io/socket/tcp";

function accept(listener, socket) @ "xs_listener_accept"

export default class Listener @ "xs_listener_destroy" {
	constructor(options) @ "xs_listener_open"
	read() {
		return accept(this, new TCP());
	}
	close() @ "xs_listener_close"
	get port() @ "xs_listener_port"
}
