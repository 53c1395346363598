class Flash @ "xs_flash_destroy" {
	read(view, offset) @ "xs_flash_read"
	write(view, offset) @ "xs_flash_write"
	eraseBlock(start, end) @ "xs_flash_erase"
	status() {
		return { size: figure(this, 0), blocks: figure(this, 1), blockLength: figure(this, 2) };
	}
	close() @ "xs_flash_close"
}

function figure(flash, which) @ "xs_flash_figure"
function open(flash, path) @ "xs_flash_open"

export default Object.freeze({
	open(options) {
		return open(new Flash(), options.path);
	},
});
