/** `preference`: modules/files/preference/esp32/modPreference.c on the NVS. */

/** Longest domain and key (NVS_KEY_NAME_MAX_SIZE, without its end) and value (a string of the NVS), bytes. */
const NAME = 15;
const VALUE = 4000;

function name(domain: string, key: string): string {
	if (chip.preferencesFail || domain.length > NAME || key.length > NAME) throw new Error("nvs_open fail");
	return `${domain}/${key}`;
}

const Preference = {
	get(domain: string, key: string): string | undefined {
		return chip.preferences.get(name(domain, key));
	},

	set(domain: string, key: string, value: string): void {
		if (value.length > VALUE) throw new Error("nvs set fail");
		chip.preferences.set(name(domain, key), value);
	},

	delete(domain: string, key: string): void {
		chip.preferences.delete(name(domain, key));
	},
};

export default Preference;
