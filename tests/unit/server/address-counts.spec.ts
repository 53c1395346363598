import { ADDRESSES, AddressCounts } from "../../../modules/server/address-counts.js";
import { equal } from "../../support/assert.js";

describe("counts by address", () => {
	it("forget the one that came first when there are too many", () => {
		const counts = new AddressCounts();
		for (let i = 0; i < ADDRESSES; i++) equal(counts.add(`10.0.0.${i}`), 0);
		for (const known of ["10.0.0.0", "10.0.0.1", "10.0.0.7"]) equal(counts.add(known), 1);
		equal(counts.add("10.0.0.8"), 0);
		equal(counts.add("10.0.0.9"), 0);
		for (const known of ["10.0.0.2", "10.0.0.8", "10.0.0.9"]) equal(counts.add(known), 1);
		equal(counts.indexOf("10.0.0.0"), -1);
		equal(counts.indexOf("10.0.0.1"), -1);
	});

	it("stop at 255", () => {
		const counts = new AddressCounts();
		for (let i = 0; i < 300; i++) counts.add("10.0.0.1");
		equal(counts.add("10.0.0.1"), 255);
		counts.clear("10.0.0.2");
		equal(counts.add("10.0.0.1"), 255);
		counts.clear("10.0.0.1");
		equal(counts.add("10.0.0.1"), 0);
	});
});
