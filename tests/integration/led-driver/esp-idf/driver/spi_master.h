#ifndef FAKE_SPI_MASTER_H
#define FAKE_SPI_MASTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "esp_err.h"
#include "freertos/FreeRTOS.h"

typedef enum { SPI1_HOST, SPI2_HOST, SPI3_HOST } spi_host_device_t;
typedef enum { SPI_DMA_DISABLED = 0, SPI_DMA_CH_AUTO = 3 } spi_dma_chan_t;
typedef enum { ESP_INTR_CPU_AFFINITY_AUTO, ESP_INTR_CPU_AFFINITY_0, ESP_INTR_CPU_AFFINITY_1 } esp_intr_cpu_affinity_t;

#define ESP_INTR_FLAG_IRAM (1 << 10)
#define SPI_TRANS_DMA_BUFFER_ALIGN_MANUAL (1 << 11)

typedef struct {
	int mosi_io_num, miso_io_num, sclk_io_num, quadwp_io_num, quadhd_io_num;
	int data4_io_num, data5_io_num, data6_io_num, data7_io_num;
	bool data_io_default_level;
	int max_transfer_sz;
	esp_intr_cpu_affinity_t isr_cpu_id;
	int intr_flags;
} spi_bus_config_t;

typedef struct {
	uint8_t mode;
	int clock_speed_hz;
	int spics_io_num;
	uint32_t flags;
	int queue_size;
} spi_device_interface_config_t;

typedef struct {
	uint32_t flags;
	size_t length; /* bits */
	const void *tx_buffer;
	void *rx_buffer;
} spi_transaction_t;

typedef struct Port *spi_device_handle_t;

esp_err_t spi_bus_initialize(spi_host_device_t host, const spi_bus_config_t *config, spi_dma_chan_t dma);
esp_err_t spi_bus_free(spi_host_device_t host);
esp_err_t spi_bus_add_device(spi_host_device_t host, const spi_device_interface_config_t *config, spi_device_handle_t *device);
esp_err_t spi_bus_remove_device(spi_device_handle_t device);
esp_err_t spi_device_get_actual_freq(spi_device_handle_t device, int *kilohertz);
esp_err_t spi_device_queue_trans(spi_device_handle_t device, spi_transaction_t *transaction, TickType_t wait);
esp_err_t spi_device_get_trans_result(spi_device_handle_t device, spi_transaction_t **transaction, TickType_t wait);

#endif
