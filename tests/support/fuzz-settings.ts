/** How long the fuzzing goes on: FUZZ_RUNS inputs from FUZZ_SEED. The same two give the same inputs. For Node alone. */
export const FUZZ = {
	seed: Number(process.env.FUZZ_SEED ?? 20_260_101),
	numRuns: Number(process.env.FUZZ_RUNS ?? 1500),
};
