// Instructions that the emulated core has executed since its start, in steps of 25.
export default function instructions() @ "xs_instructions"
