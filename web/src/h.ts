/** JSX for superfine: a component is a function of its properties and children. */
import { patch, text, h as vnode } from "superfine";

export type Node = ReturnType<typeof text>;
type Child = Node | string | number | false | undefined;
type Properties = Readonly<Record<string, unknown>>;
type Component = (properties: never, children: readonly Node[]) => Node;

declare global {
	namespace JSX {
		type Element = Node;
		interface IntrinsicElements {
			[tag: string]: Properties;
		}
		interface IntrinsicAttributes {
			key?: string;
		}
	}
}

export function h(tag: string | Component, properties: Properties | null, ...children: (Child | Child[])[]): Node {
	const nodes = children
		.flat()
		.map((child) => (typeof child === "object" ? child : text(child === false ? "" : (child ?? ""))));
	return typeof tag === "string" ? vnode(tag, properties ?? {}, nodes) : tag((properties ?? {}) as never, nodes);
}

export { patch };
