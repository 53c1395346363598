/** The C function of that name in a build with the Moddable SDK. */
declare function native<Called = (this: unknown) => number>(name: string): Called;
