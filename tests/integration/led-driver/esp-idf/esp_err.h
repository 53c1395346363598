/* What boards/esp32/led-strips.c uses of the ESP-IDF 6.0, as much as fake-idf.c plays; the files have the names that they have there. */
#ifndef FAKE_ESP_ERR_H
#define FAKE_ESP_ERR_H

typedef int esp_err_t;

enum {
	ESP_OK = 0,
	ESP_FAIL = -1,
	ESP_ERR_NO_MEM = 0x101,
	ESP_ERR_INVALID_ARG = 0x102,
	ESP_ERR_INVALID_STATE = 0x103,
	ESP_ERR_NOT_SUPPORTED = 0x106,
	ESP_ERR_TIMEOUT = 0x107
};

#endif
