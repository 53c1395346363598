/** `resetReason`: build/devices/esp32/modules/resetReason. */
export default function getResetReason(): { reason: number; string: string } {
	return chip.reset;
}
