/** The little that the simulator uses of the package. */
declare module "fs-native-extensions" {
	const extensions: {
		/** Locks an open file for its opener alone (on Linux F_OFD_SETLK); false when somebody else has it. */
		tryLock(fd: number): boolean;
	};
	export default extensions;
}
