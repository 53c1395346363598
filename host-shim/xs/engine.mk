# The XS engine: its sources, where npm put them, and how they are compiled. For any build around it.
#
# Wants ROOT, the project's folder. A 64-bit build adds -Dmx32bitID=1.

XS := $(ROOT)/node_modules/@agoric/xsnap/moddable/xs
XS_PLATFORM := $(ROOT)/host-shim/xs/engine/platform.h

ENGINE := $(filter-out xsSnapshot,$(basename $(notdir $(wildcard $(XS)/sources/*.c))))

# The natives of the modules, and the scripts that bind them.
MODULE_NATIVES := $(wildcard $(ROOT)/modules/*/native/*.c)
MODULE_SCRIPTS := $(MODULE_NATIVES:.c=.js)

XS_DEFINES := -DINCLUDE_XSPLATFORM -DXSPLATFORM='"$(XS_PLATFORM)"' -DmxParse=1 -DmxRun=1 -DmxBoundsCheck=1 \
	-DmxHostFunctionPrimitive=1 -DmxInstrument=1
XS_INCLUDES := $(foreach folder,includes platforms sources,-isystem $(XS)/$(folder))
# The engine's warnings are the engine's business.
XS_FLAGS := -std=gnu11 -w -fno-strict-aliasing

# For xsError.c: engine/lines.c puts its own function of that name in front of the engine's.
XS_ERROR_FLAGS := -DfxCaptureErrorStack=fxCaptureErrorStackOfEngine
