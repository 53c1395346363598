#include "led-strips.h"

#include <string.h>

#include "driver/gpio.h"
#include "driver/spi_master.h"
#include "esp_heap_caps.h"
#include "freertos/FreeRTOS.h"

#include "../../modules/playback/native/signal.h"

enum {
	/* 80 MHz / 32, exactly: the levels' lengths rest on it. */
	SIGNAL_HZ = 2500000,
	/* The low level behind a picture, and before the first: 307 us; modules/playback/signal.ts. */
	RESET_BYTES = 96,
	SIGNAL_LENGTH = 3 * STRIP_BYTES + RESET_BYTES,
};

/* The driver copies a buffer, at each picture, whose length is no multiple of 4 (setup_dma_priv_buffer, spi_master.c). */
_Static_assert(SIGNAL_LENGTH % 4 == 0 && RESET_BYTES % 4 == 0, "lengths for DMA");

/* What of a strip is there to be given back. */
typedef enum { NOTHING, PIN, BUS, DEVICE } Reached;

typedef struct {
	uint8_t signal[SIGNAL_LENGTH]; /* first, to be aligned as a heap block is */
	spi_transaction_t transaction;
	spi_device_handle_t device;
	spi_host_device_t host;
	gpio_num_t pin;
	Reached reached;
	bool out; /* the driver and DMA have the transaction, and the signal */
} Strip;

struct LedStrips {
	Strip strips[2];
};

/* The level stays low whatever the pin is connected to, until the hold is taken off. */
static esp_err_t hold_low(gpio_num_t pin)
{
	const gpio_config_t output = { .pin_bit_mask = 1ULL << pin, .mode = GPIO_MODE_OUTPUT };
	esp_err_t result = gpio_set_level(pin, 0);
	if (result == ESP_OK)
		result = gpio_config(&output);
	if (result == ESP_OK)
		result = gpio_hold_en(pin);
	return result;
}

static esp_err_t start_bus(const Strip *strip)
{
	const spi_bus_config_t bus = {
		.mosi_io_num = strip->pin,
		.miso_io_num = -1,
		.sclk_io_num = -1,
		.quadwp_io_num = -1,
		.quadhd_io_num = -1,
		.data4_io_num = -1,
		.data5_io_num = -1,
		.data6_io_num = -1,
		.data7_io_num = -1,
		.data_io_default_level = 0,
		.max_transfer_sz = SIGNAL_LENGTH,
		/* The second core's: the first has Wi-Fi's, and the script's task, which starts this, may run on either. */
		.isr_cpu_id = ESP_INTR_CPU_AFFINITY_1,
		/* It is served while the flash is erased, too (CONFIG_SPI_MASTER_ISR_IN_IRAM). */
		.intr_flags = ESP_INTR_FLAG_IRAM,
	};
	return spi_bus_initialize(strip->host, &bus, SPI_DMA_CH_AUTO);
}

static esp_err_t add_device(Strip *strip)
{
	const spi_device_interface_config_t device = {
		.clock_speed_hz = SIGNAL_HZ,
		.spics_io_num = -1,
		.queue_size = 1,
	};
	return spi_bus_add_device(strip->host, &device, &strip->device);
}

static esp_err_t check_clock(const Strip *strip)
{
	int kilohertz;
	esp_err_t result = spi_device_get_actual_freq(strip->device, &kilohertz);
	return result == ESP_OK && kilohertz != SIGNAL_HZ / 1000 ? ESP_ERR_NOT_SUPPORTED : result;
}

static esp_err_t queue(Strip *strip, size_t bytes)
{
	memset(&strip->transaction, 0, sizeof(strip->transaction));
	strip->transaction.flags = SPI_TRANS_DMA_BUFFER_ALIGN_MANUAL; /* an error rather than a copy */
	strip->transaction.tx_buffer = strip->signal;
	strip->transaction.length = 8 * bytes;
	esp_err_t result = spi_device_queue_trans(strip->device, &strip->transaction, 0);
	strip->out = result == ESP_OK;
	return result;
}

/* Whether nothing of the strip is out, or no longer. */
static bool is_free(Strip *strip, TickType_t wait)
{
	spi_transaction_t *sent;
	if (strip->out && spi_device_get_trans_result(strip->device, &sent, wait) == ESP_OK)
		strip->out = false;
	return !strip->out;
}

#define TRY(STEP, RESULT) do { \
		failure->step = STEP; \
		failure->reason = (RESULT); \
		if (failure->reason != ESP_OK) \
			return false; \
	} while (0)

/*
 * From here until its device is added the port idles high (SPI_LL_MOSI_FREE_LEVEL; spi_bus_add_device is what applies
 * data_io_default_level), which the LEDs would take for a bit: the pin is held.
 */
static bool start_strip(Strip *strip, LedsFailure *failure)
{
	strip->reached = PIN;
	TRY("hold the pin low", hold_low(strip->pin));
	TRY("spi_bus_initialize", start_bus(strip));
	strip->reached = BUS;
	TRY("spi_bus_add_device", add_device(strip));
	strip->reached = DEVICE;
	TRY("spi_device_get_actual_freq", check_clock(strip));
	TRY("gpio_hold_dis", gpio_hold_dis(strip->pin));
	TRY("spi_device_queue_trans", queue(strip, RESET_BYTES));
	return true;
}

static void end_strip(Strip *strip)
{
	if (strip->reached == NOTHING)
		return;
	if (strip->reached == DEVICE)
		is_free(strip, portMAX_DELAY);
	/* What fails now cannot be helped. The port lets go of the pin, which would float. */
	hold_low(strip->pin);
	if (strip->reached == DEVICE)
		spi_bus_remove_device(strip->device);
	if (strip->reached >= BUS)
		spi_bus_free(strip->host);
	hold_low(strip->pin);
	gpio_hold_dis(strip->pin);
}

LedStrips *led_strips_start(const int pins[2], LedsFailure *failure)
{
	failure->step = "heap_caps_calloc";
	failure->strip = 1;
	failure->reason = ESP_ERR_NO_MEM;
	/* Zeros: the low level behind each picture is never written again. */
	LedStrips *leds = heap_caps_calloc(1, sizeof(LedStrips), MALLOC_CAP_DMA | MALLOC_CAP_INTERNAL);
	if (!leds)
		return NULL;
	for (int i = 0; i < 2; i++) {
		leds->strips[i].pin = (gpio_num_t)pins[i];
		leds->strips[i].host = i ? SPI3_HOST : SPI2_HOST;
	}
	for (int i = 0; i < 2; i++) {
		failure->strip = i + 1;
		if (!start_strip(&leds->strips[i], failure)) {
			led_strips_end(leds);
			return NULL;
		}
	}
	return leds;
}

bool led_strips_send(LedStrips *leds, const uint8_t *picture)
{
	Strip *one = &leds->strips[0], *two = &leds->strips[1];
	if (!is_free(one, 0) || !is_free(two, 0))
		return false;
	signal_write(one->signal, picture, picture + STRIP_BYTES);
	signal_write(two->signal, picture + STRIP_BYTES, picture + 2 * STRIP_BYTES);
	return queue(one, SIGNAL_LENGTH) == ESP_OK && queue(two, SIGNAL_LENGTH) == ESP_OK;
}

void led_strips_end(LedStrips *leds)
{
	end_strip(&leds->strips[1]);
	end_strip(&leds->strips[0]);
	heap_caps_free(leds);
}
