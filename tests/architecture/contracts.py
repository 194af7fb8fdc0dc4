"""The import contract the linter's own types cannot say: from another step only its public modules may be imported."""

from __future__ import annotations

from importlinter import Contract, ContractCheck, fields, output


class StepBoundary(Contract):
    """A step is the first two parts of a dotted name; its inside is everything but the modules named in `public`."""

    phases = fields.ListField(subfield=fields.StringField())
    public = fields.ListField(subfield=fields.StringField())

    def check(self, graph, verbose: bool) -> ContractCheck:
        """Every module outside a step that imports the step's inside is a leak."""
        inside = [module for module in sorted(graph.modules) if self._is_inside(module)]
        leaks = [
            (importer, imported)
            for imported in inside
            for importer in sorted(graph.find_modules_that_directly_import(imported))
            if _step(importer) != _step(imported) and importer.partition(".")[0] != "demo"
        ]
        return ContractCheck(kept=not leaks, metadata={"leaks": leaks})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """One line for each leak."""
        for importer, imported in check.metadata["leaks"]:
            output.print_error(f"{importer} reaches into {imported}", bold=False)

    def _is_inside(self, module: str) -> bool:
        parts = module.split(".")
        return len(parts) > 2 and parts[0] in self.phases and parts[2] not in self.public


def _step(module: str) -> str:
    return ".".join(module.split(".")[:2])
