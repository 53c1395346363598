/* Turns the Wi-Fi driver's modem sleep off. The SDK has no call for it, and the ESP-IDF no setting. */
#include "xsmc.h"
#include "xsHost.h"

#include "esp_wifi.h"

/* To be called once the driver is up; a driver that refuses is as slow as it was, no worse. */
void xs_prism_wifi_awake(xsMachine *the)
{
	(void)the;
	esp_wifi_set_ps(WIFI_PS_NONE);
}
