import { LogReader } from "../../../client/src/logs.js";
import { deepEqual, equal } from "../../support/assert.js";

describe("a reader of the log that is slow", () => {
	it("is told how many lines were left out, and has the last ones", async () => {
		const reader = new LogReader({ start: async () => {}, stop: async () => {} }, { level: "debug" });
		const take = (text: string) => reader.take(Buffer.concat([Buffer.from([3, 0, 0, 0, 9]), Buffer.from(text)]));
		for (let i = 0; i < 700; i++) take(`${i}`);
		const { value } = await reader.next();
		deepEqual(value, { level: "gap", ms: 9, text: "201 lines were left out" });
		equal((await reader.next()).value.text, "201");
		for (let i = 700; i < 702; i++) take(`${i}`);
		for (let i = 202; i < 702; i++) equal((await reader.next()).value.text, `${i}`);
		await reader.return();
		equal((await reader.next()).done, true);
	});
});
