#include "fake-idf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "driver/gpio.h"
#include "driver/spi_master.h"
#include "esp_heap_caps.h"

enum { PINS = 49, BIT_TIME = 400, CALL_TIME = 1000 };

typedef struct Port {
	bool initialized, added;
	int pin;
	bool idleLevel; /* 1 from spi_bus_initialize on: SPI_LL_MOSI_FREE_LEVEL, spi_ll.h */
	bool defaultLevel;
	size_t most; /* bytes of a transaction */
	spi_transaction_t *transaction; /* queued and not yet collected */
	uint64_t end;
	uint64_t delay;
	Sent sent;
} Port;

typedef struct {
	bool output, out, held, heldLevel;
	Port *port; /* what the GPIO matrix connects it to; NULL: the level that is set */
	bool watched, strayed;
} Pin;

uint64_t now;
int failing, calls, kilohertz = 2500;

static Port ports[2];
static Pin pins[PINS];
static void *block; /* the driver has one */
static size_t blockSize;
static int order;

void fail(const char *file, int line, const char *what)
{
	printf("%s:%d: %s\n", file, line, what);
	exit(1);
}

static Port *port_of(spi_host_device_t host)
{
	CHECK(host == SPI2_HOST || host == SPI3_HOST);
	return &ports[host - SPI2_HOST];
}

const Sent *sent(int strip)
{
	return &ports[strip - 1].sent;
}

void delay(int strip, uint64_t nanoseconds)
{
	ports[strip - 1].delay = nanoseconds;
}

int level(int number)
{
	const Pin *pin = &pins[number];
	if (pin->held)
		return pin->heldLevel;
	if (!pin->output)
		return FLOATING;
	return pin->port ? pin->port->idleLevel : pin->out;
}

void watch(int number)
{
	pins[number].watched = true;
	pins[number].strayed = false;
}

bool strayed(int number)
{
	return pins[number].strayed;
}

bool anything_left(void)
{
	for (int i = 0; i < PINS; i++) {
		if (pins[i].held || pins[i].port)
			return true;
	}
	return ports[0].initialized || ports[1].initialized || block;
}

/* DMA reads the buffer until its end: nobody may have changed it until then. */
static void look(void)
{
	for (int i = 0; i < 2; i++) {
		Port *port = &ports[i];
		if (port->transaction && now < port->end)
			CHECK(!memcmp(port->transaction->tx_buffer, port->sent.bytes, port->sent.length));
	}
	for (int i = 0; i < PINS; i++) {
		if (pins[i].watched && level(i) != LOW)
			pins[i].strayed = true;
	}
}

void pass(uint64_t nanoseconds)
{
	look();
	now += nanoseconds;
}

/* Each call of the driver ends here; false: this one fails. */
static bool succeeds(void)
{
	order++;
	pass(CALL_TIME);
	return ++calls != failing;
}

static esp_err_t done(void)
{
	look();
	return ESP_OK;
}

void *heap_caps_calloc(size_t count, size_t size, uint32_t caps)
{
	CHECK(caps & MALLOC_CAP_DMA && !block);
	if (!succeeds())
		return NULL;
	blockSize = count * size;
	block = calloc(count, size);
	return block;
}

void heap_caps_free(void *memory)
{
	CHECK(memory == block);
	free(memory);
	block = NULL;
}

esp_err_t gpio_set_level(gpio_num_t pin, uint32_t value)
{
	if (!succeeds())
		return ESP_FAIL;
	pins[pin].out = value;
	return done();
}

/* gpio_output_enable in it takes the pin from whatever it was connected to (gpio.c). */
esp_err_t gpio_config(const gpio_config_t *config)
{
	CHECK(config->mode == GPIO_MODE_OUTPUT);
	if (!succeeds())
		return ESP_FAIL;
	for (int i = 0; i < PINS; i++) {
		if (config->pin_bit_mask >> i & 1) {
			pins[i].output = true;
			pins[i].port = NULL;
		}
	}
	return done();
}

esp_err_t gpio_hold_en(gpio_num_t pin)
{
	if (!succeeds())
		return ESP_FAIL;
	pins[pin].heldLevel = level(pin) == HIGH;
	pins[pin].held = true;
	return done();
}

esp_err_t gpio_hold_dis(gpio_num_t pin)
{
	if (!succeeds())
		return ESP_FAIL;
	pins[pin].held = false;
	return done();
}

esp_err_t spi_bus_initialize(spi_host_device_t host, const spi_bus_config_t *config, spi_dma_chan_t dma)
{
	Port *port = port_of(host);
	/* Another pin than MOSI's would be taken, too; 0 is a pin. */
	CHECK(config->miso_io_num == -1 && config->sclk_io_num == -1 && config->quadwp_io_num == -1 &&
		config->quadhd_io_num == -1 && config->data4_io_num == -1 && config->data5_io_num == -1 &&
		config->data6_io_num == -1 && config->data7_io_num == -1);
	CHECK(dma == SPI_DMA_CH_AUTO && config->intr_flags == ESP_INTR_FLAG_IRAM);
	CHECK(config->isr_cpu_id != ESP_INTR_CPU_AFFINITY_AUTO);
	if (!succeeds())
		return ESP_FAIL;
	if (port->initialized)
		return ESP_ERR_INVALID_STATE;
	/* spicommon_bus_initialize_io (spi_common.c): connects the pin at once. */
	port->initialized = true;
	port->pin = config->mosi_io_num;
	port->idleLevel = HIGH;
	port->defaultLevel = config->data_io_default_level;
	port->most = (size_t)config->max_transfer_sz;
	pins[port->pin].port = port;
	pins[port->pin].output = true;
	return done();
}

/* Fails while a device is there (spi_master_deinit_driver); lets go of the pin (spicommon_bus_free_io_cfg). */
esp_err_t spi_bus_free(spi_host_device_t host)
{
	Port *port = port_of(host);
	CHECK(port->initialized && !port->added);
	order++;
	pass(CALL_TIME);
	pins[port->pin].output = false;
	pins[port->pin].port = NULL;
	port->initialized = false;
	return done();
}

/* Only this applies the default level (spi_master_init_driver). */
esp_err_t spi_bus_add_device(spi_host_device_t host, const spi_device_interface_config_t *config, spi_device_handle_t *device)
{
	Port *port = port_of(host);
	CHECK(port->initialized && !port->added);
	CHECK(config->clock_speed_hz == 2500000 && config->mode == 0 && config->spics_io_num == -1);
	CHECK(config->flags == 0 && config->queue_size == 1);
	if (!succeeds())
		return ESP_FAIL;
	port->added = true;
	port->idleLevel = port->defaultLevel;
	*device = port;
	return done();
}

/* "Have unfinished transactions". */
esp_err_t spi_bus_remove_device(spi_device_handle_t port)
{
	CHECK(port->added && !port->transaction);
	order++;
	pass(CALL_TIME);
	port->added = false;
	return done();
}

esp_err_t spi_device_get_actual_freq(spi_device_handle_t port, int *result)
{
	CHECK(port->added);
	if (!succeeds())
		return ESP_FAIL;
	*result = kilohertz;
	return done();
}

/* check_trans_valid, setup_dma_priv_buffer: a buffer of another kind is copied, at each transaction, or refused with the flag. */
esp_err_t spi_device_queue_trans(spi_device_handle_t port, spi_transaction_t *transaction, TickType_t wait)
{
	const uint8_t *buffer = transaction->tx_buffer;
	const size_t length = transaction->length / 8;
	CHECK(port->added && !port->transaction && wait == 0);
	CHECK(buffer >= (uint8_t *)block && buffer + length <= (uint8_t *)block + blockSize);
	CHECK(((uintptr_t)buffer & 3) == 0 && length % 4 == 0 && length <= port->most && transaction->length % 8 == 0);
	CHECK(transaction->flags == SPI_TRANS_DMA_BUFFER_ALIGN_MANUAL && !transaction->rx_buffer);
	/* Behind a hold nothing reaches the LEDs. */
	CHECK(!pins[port->pin].held && pins[port->pin].port == port);
	if (!succeeds())
		return ESP_FAIL;
	memcpy(port->sent.bytes, buffer, length);
	port->sent.length = length;
	port->sent.start = now + port->delay;
	port->sent.call = order;
	port->sent.count++;
	port->end = port->sent.start + 8 * length * BIT_TIME;
	port->delay = 0;
	port->transaction = transaction;
	return done();
}

esp_err_t spi_device_get_trans_result(spi_device_handle_t port, spi_transaction_t **transaction, TickType_t wait)
{
	CHECK(port->added && port->transaction);
	order++;
	pass(CALL_TIME);
	if (wait == portMAX_DELAY && now < port->end)
		pass(port->end - now);
	if (now < port->end) {
		CHECK(wait == 0);
		return ESP_ERR_TIMEOUT;
	}
	*transaction = port->transaction;
	port->transaction = NULL;
	return done();
}
