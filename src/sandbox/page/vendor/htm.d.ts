type Html<Node> = (strings: TemplateStringsArray, ...values: unknown[]) => Node | Node[]

// The package's own types are those of its CommonJS build. What it makes of a template is one node here, never a list.
declare const htm: {
  bind<Node>(h: (type: never, props: never, ...children: never[]) => Node): Html<Node>
}

// oxlint-disable-next-line import/no-default-export -- the package exports its function so
export default htm
