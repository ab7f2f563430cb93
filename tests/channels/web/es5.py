"""Whether a script is ES5: what browsers of ten years ago, and the web views of old phones, can read."""

from collections.abc import Iterator

import esprima

NEW_NODES = {
    "ArrowFunctionExpression",
    "AssignmentPattern",
    "AwaitExpression",
    "ClassDeclaration",
    "ClassExpression",
    "ExportAllDeclaration",
    "ExportDefaultDeclaration",
    "ExportNamedDeclaration",
    "ForOfStatement",
    "Import",
    "ImportDeclaration",
    "ArrayPattern",
    "ObjectPattern",
    "RestElement",
    "SpreadElement",
    "Super",
    "TaggedTemplateExpression",
    "TemplateLiteral",
    "YieldExpression",
}
"""What ES2015 and later added. Source: the ESTree specification, es2015.md and after."""


def newer_syntax(source: str) -> list[str]:
    """What a script has that ES5 lacks, each with its line; empty for a script of ES5.

    Raises:
        esprima.Error: it is no script at all, or newer than the parser, which reads ES2017.
    """
    tree = esprima.parseScript(source, {"loc": True}).toDict()
    return list(_newer(tree))


def _newer(node: object) -> Iterator[str]:
    if isinstance(node, list):
        for child in node:
            yield from _newer(child)
    if not isinstance(node, dict):
        return
    kind = node.get("type")
    if kind in NEW_NODES or _is_new_form(node):
        yield f"{kind} in line {node['loc']['start']['line']}"
    for child in node.values():
        yield from _newer(child)


def _is_new_form(node: dict[str, object]) -> bool:
    """Old kinds of node in forms that are new: let and const, generators, short properties."""
    match node.get("type"):
        case "VariableDeclaration":
            return node["kind"] != "var"
        case "FunctionDeclaration" | "FunctionExpression":
            return bool(node.get("generator") or node.get("async") or node.get("isAsync"))
        case "Property":
            return bool(node["shorthand"] or node["method"] or node["computed"])
    return False
