// What keys do. Where somebody types, only Escape is ours.

function handleKey(page, event) {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const typing = event.target.matches?.("input[type=search], select, textarea");
  if (event.key === "Escape") {
    if (page.state.view) page.back();
    else if (typing) page.matrix.move(0, 0);
    else return;
    event.preventDefault();
    return;
  }
  if (typing) {
    if (event.target.id === "q" && (event.key === "ArrowDown" || event.key === "Enter")) {
      page.matrix.move(0, 0);
      event.preventDefault();
    }
    return;
  }
  if (event.key === "/") {
    page.toSearch();
    event.preventDefault();
    return;
  }
  // Arrows scroll the page and its regions, unless the focus is in the matrix.
  const arrows = { ArrowDown: "j", ArrowUp: "k", ArrowRight: "l", ArrowLeft: "h" };
  const inMatrix = page.matrix.table.contains(event.target);
  const key = inMatrix ? arrows[event.key] ?? event.key : event.key;
  const move = { j: [1, 0], k: [-1, 0], l: [0, 1], h: [0, -1] }[key];
  if (move) {
    page.step(...move);
    event.preventDefault();
  } else if (inMatrix && !page.state.view && (key === "PageDown" || key === "PageUp" || key === "Home" || key === "End")) {
    page.matrix.move({ PageDown: 20, PageUp: -20, Home: -1e9, End: 1e9 }[key], 0);
    event.preventDefault();
  }
}
