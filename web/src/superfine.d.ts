/** superfine 8, which has no types of its own. */
declare module "superfine" {
	interface VNode {
		readonly key: unknown;
	}
	export function text(value: string | number): VNode;
	export function h(tag: string, properties: object, children: readonly VNode[]): VNode;
	export function patch(node: Element, vnode: VNode): Element;
}
