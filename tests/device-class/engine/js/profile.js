// Which functions spend the instructions. Only a build with PROFILE=1 counts; in others both do nothing.
export function start() @ "xs_profile_start"
// Prints a JSON object a function, the most expensive first.
export function stop() @ "xs_profile_stop"
