import type { Connection } from "../../../modules/server/connection.js";
import { Turns } from "../../../modules/server/turns.js";
import { equal } from "../../support/assert.js";

/** Connections that write down their turns, and what they do in one. */
class Row {
	readonly turns = new Turns();
	had = "";

	connection(name: string, act = () => {}): Connection {
		const connection = {
			queued: false,
			listed: false,
			following: undefined,
			turn: () => {
				connection.queued = false;
				this.had += name;
				act();
			},
		};
		return connection as unknown as Connection;
	}

	run(): string {
		this.had = "";
		this.turns.run();
		return this.had;
	}
}

describe("the row of those that wait for a turn", () => {
	it("gives one turn to each, in the order in which they asked, however often they did", () => {
		const row = new Row();
		const [a, b] = ["a", "b"].map((name) => row.connection(name));
		for (const connection of [b, a, b, b]) row.turns.add(connection);
		equal(row.run(), "ba");
		equal(row.run(), "");
	});

	it("puts who asks in a turn into the next round", () => {
		const row = new Row();
		const a = row.connection("a", () => row.turns.add(a));
		const b = row.connection("b");
		row.turns.add(a);
		row.turns.add(b);
		equal(row.run(), "ab");
		row.turns.add(b);
		equal(row.run(), "ab");
		equal(row.run(), "a");
	});

	it("passes over who does not wait any more, and lets it wait again", () => {
		const row = new Row();
		const [a, b] = ["a", "b"].map((name) => row.connection(name));
		row.turns.add(a);
		row.turns.add(b);
		a.queued = false;
		equal(row.run(), "b");
		row.turns.add(a);
		equal(row.run(), "a");
	});
});
