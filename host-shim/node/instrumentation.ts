/**
 * `instrumentation` on Node. V8's heap is not the device's: the figures are real, but they are the whole process's and
 * say nothing about how much room a K1 has. The XS engine tells that.
 */
const names = ["XS Slot Heap Used", "XS Chunk Heap Used", "System Free Memory"];

const Instrumentation = {
	map(name: string): number | undefined {
		const index = names.indexOf(name);
		return index < 0 ? undefined : index;
	},
	get(index: number | undefined): number | undefined {
		const { heapTotal, heapUsed } = process.memoryUsage();
		if (index === 0) return heapUsed;
		if (index === 1) return 0;
		if (index === 2) return heapTotal - heapUsed;
		return undefined;
	},
};

export default Instrumentation;
