// What is shown is said by the fragment of the address, so that a view can be linked and kept.

const sorts = { red: "red ones first", disagreement: "most different answers first", name: "name", topic: "topic" };

function readState(results, hash) {
  let values;
  try {
    values = new URLSearchParams(hash.replace(/^#/, ""));
  } catch {
    values = new URLSearchParams();
  }
  const list = (name) => (values.get(name) ?? "").split(",").filter((value) => value !== "");
  const named = values.getAll("t");
  return {
    q: values.get("q") ?? "",
    verdicts: new Set(list("v").filter((verdict) => results.verdicts.includes(verdict))),
    level: values.get("l") ?? "",
    topic: values.get("topic") ?? "",
    tag: values.get("tag") ?? "",
    targets: new Set(results.targets.filter((target) => named.includes(target.name)).map((target) => target.index)),
    differing: values.get("d") === "1",
    sort: Object.hasOwn(sorts, values.get("sort") ?? "") ? values.get("sort") : "red",
    view: values.has("case") ? { name: values.get("case"), on: values.get("on") ?? "", as: values.get("as") ?? "" } : null,
  };
}

function writeState(results, state) {
  const values = new URLSearchParams();
  if (state.view) {
    values.set("case", state.view.name);
    values.set("on", state.view.on);
    values.set("as", state.view.as);
  }
  const view = values.toString();
  const filters = writeFilters(results, state);
  return "#" + view + (view !== "" && filters !== "" ? "&" : "") + filters;
}

function writeFilters(results, state) {
  const values = new URLSearchParams();
  if (state.q) values.set("q", state.q);
  if (state.verdicts.size > 0) values.set("v", [...state.verdicts].join(","));
  if (state.level) values.set("l", state.level);
  if (state.topic) values.set("topic", state.topic);
  if (state.tag) values.set("tag", state.tag);
  for (const index of state.targets) values.append("t", results.targets[index].name);
  if (state.differing) values.set("d", "1");
  if (state.sort !== "red") values.set("sort", state.sort);
  return values.toString();
}

/** The address of a case that keeps the filters. `filters`: as writeFilters says them, for those who ask for many addresses. */
function caseAddress(results, state, one, filters = writeFilters(results, state)) {
  const target = results.targets[one.t];
  const part = encodeURIComponent;
  return `#case=${part(results.rows[one.r].name)}&on=${part(target.target)}&as=${part(target.dialect)}${filters === "" ? "" : "&" + filters}`;
}

function findCase(results, view) {
  const row = results.rows.find((candidate) => candidate.name === view.name);
  const target = results.targets.find((candidate) => candidate.target === view.on && (view.as === "" || candidate.dialect === view.as));
  return (row && target && row.cells[target.index]) ?? null;
}
