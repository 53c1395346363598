// For tests only.
export default class Process {
	// Ends the program at once with that exit code.
	static exit(code) @ "xs_process_exit"
	// The command line's arguments after the main module's path: an array of strings.
	static get args() @ "xs_process_args"
}
