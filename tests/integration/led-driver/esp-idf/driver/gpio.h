#ifndef FAKE_GPIO_H
#define FAKE_GPIO_H

#include <stdint.h>

#include "esp_err.h"

typedef int gpio_num_t;
typedef enum { GPIO_MODE_DISABLE = 0, GPIO_MODE_OUTPUT = 2 } gpio_mode_t;

typedef struct {
	uint64_t pin_bit_mask;
	gpio_mode_t mode;
} gpio_config_t;

esp_err_t gpio_set_level(gpio_num_t pin, uint32_t level);
esp_err_t gpio_config(const gpio_config_t *config);
esp_err_t gpio_hold_en(gpio_num_t pin);
esp_err_t gpio_hold_dis(gpio_num_t pin);

#endif
