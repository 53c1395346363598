/**
 * Leaves out what is written for people: lines of the log, and sentences of errors that the firmware throws at itself. Their words
 * may change without harm, and specs that repeat them would only be in the way. What a peer is sent (a refusal's reason, a
 * header, a status) is not left out.
 */
import { declareValuePlugin, PluginKind } from "@stryker-mutator/api/plugin";

const LOG = new Set(["debug", "info", "infoSparingly", "warn", "error"]);
const ERRORS = new Set(["Error", "RangeError", "TypeError"]);

/** Whether a call or `new` is one of those whose text is for people. */
function isForPeople(node) {
	const { callee } = node;
	if (node.type === "NewExpression") return callee.type === "Identifier" && ERRORS.has(callee.name);
	return callee.type === "MemberExpression" && callee.property.type === "Identifier" && LOG.has(callee.property.name);
}

const sentences = {
	shouldIgnore(path) {
		if (!path.isStringLiteral() && !path.isTemplateLiteral()) return undefined;
		const around = path.findParent(
			(parent) => parent.isCallExpression() || parent.isNewExpression() || parent.isStatement(),
		);
		return around !== null && !around.isStatement() && isForPeople(around.node) ? "a sentence for people" : undefined;
	},
};

export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, "sentences", sentences)];
