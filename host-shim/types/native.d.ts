/** The C function of that name in a build with the Moddable SDK. */
declare function native(name: string): (this: unknown) => number;
