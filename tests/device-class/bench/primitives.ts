import instructions from "xs/instructions";

/* Counts what the steps of a program cost on XS, the empty call around each taken off. Runs on k1-bench; primitives-of-xs.ts prints it. */

const TIMES = 200;

class Fields {
	first = 1;
	b = 2;
	c = 3;
	d = 4;
	e = 5;
	f = 6;
	g = 7;
	h = 8;
	i = 9;
	tenth = 10;
	#hidden = 11;
	method(): void {}
	get accessor(): number {
		return 1;
	}
	#hiddenMethod(): void {}
	measureHidden(): void {
		measure("a private field is read", () => this.#hidden);
		measure("a private method is called", () => {
			this.#hiddenMethod();
		});
	}
}

const fields = new Fields();
const bytes = new Uint8Array(100);
const words = new Uint32Array(100);
const list = [1, 2, 3, 4];
let empty = 0;

function nothing(): void {}

function measure(name: string, step: () => unknown): void {
	const start = instructions();
	for (let i = 0; i < TIMES; i++) step();
	const cost = (instructions() - start) / TIMES;
	if (name === "") empty = cost;
	else trace(`${JSON.stringify({ name, unit: "step", instructions: Math.round(cost - empty) })}\n`);
}

measure("", () => undefined);
measure("a field is read: the first", () => fields.first);
measure("a field is read: the tenth", () => fields.tenth);
measure("a field is set: the first", () => {
	fields.first = 1;
});
fields.measureHidden();
measure("an element of an array is read", () => list[2]);
measure("an element of a typed array is read", () => bytes[2]);
measure("an element of a typed array is set", () => {
	bytes[2] = 1;
});
measure("an element of a Uint32Array is read", () => words[2]);
measure("a typed array's length", () => bytes.length);
measure("a function is called", () => {
	nothing();
});
measure("a function is called, and what it returns is returned", () => nothing());
measure("a method is called", () => {
	fields.method();
});
measure("an accessor is read", () => fields.accessor);
measure("Math.min", () => {
	Math.min(2, 1);
});
measure("Math.floor", () => {
	Math.floor(1.5);
});
measure("try", () => {
	try {
		return 1;
	} catch {
		return 2;
	}
});
measure("subarray", () => {
	bytes.subarray(3, 8);
});
measure("a view made of a buffer", () => new Uint8Array(bytes.buffer, 3, 8));
