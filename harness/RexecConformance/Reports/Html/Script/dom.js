// Elements are made one by one, and text is only ever text: nothing here or elsewhere makes markup of a string.

const svgNamespace = "http://www.w3.org/2000/svg";

function fill(node, attributes, children) {
  for (const name in attributes) {
    const value = attributes[name];
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") {
      for (const event in value) node.addEventListener(event, value[event]);
    } else {
      node.setAttribute(name, value === true ? "" : value);
    }
  }
  append(node, children);
  return node;
}

function append(node, children) {
  for (const child of children) {
    if (Array.isArray(child)) append(node, child);
    else if (child !== null && child !== undefined && child !== false) node.append(child);
  }
}

/** An element with attributes (`on`: its handlers) and children: elements, or strings, which become text. */
function el(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** The same in SVG. */
function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS(svgNamespace, name), attributes, children);
}

/** Text for screen readers only. */
function spoken(text) {
  return el("span", { class: "spoken" }, text);
}

function count(number, one) {
  return number === 1 ? `1 ${one}` : `${number} ${one}s`;
}

/** Says something to those who do not see it. */
function say(text) {
  const status = document.getElementById("status");
  if (status.textContent !== text) status.textContent = text;
}
