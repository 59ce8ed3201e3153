// Makes elements. Text goes in as text only, and there is no way to put markup or styles in.

const EVENT = /^on[a-z]+$/;

const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

const READ = new Set(["title", "aria-label"]);

/** Foreign text as people should see it: what controls, turns or hides text as escapes. */
export function visible(text) {
  return text.replace(HIDDEN, (hidden) => {
    const units = Array.from({ length: hidden.length }, (_, index) => hidden.charCodeAt(index));
    return hidden === "\n" ? "\\n" : units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
  });
}

const shownChild = (child) => (child instanceof Node ? child : visible(String(child)));

/** An element with attributes (functions under on…, booleans on or off) and children: nodes, texts, nothing. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (EVENT.test(name)) {
      element.addEventListener(name.slice(2), value);
    } else if (value === true) {
      element.setAttribute(name, "");
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, READ.has(name) ? visible(String(value)) : String(value));
    }
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false).map(shownChild));
  return element;
}

/** The same for drawings. */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, String(value));
  }
  element.append(...children);
  return element;
}

export const byId = (id) => document.getElementById(id);

/** A link to another site, if its address is one that may be followed; else only its text. */
export function outside(address, text) {
  return /^https:\/\/[^\s]+$/.test(address)
    ? h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, text)
    : h("span", {}, text);
}

/** Makes an element's children these, leaving those alone that are there already. */
export function replace(parent, children) {
  children.forEach((child, index) => {
    if (parent.childNodes[index] !== child) {
      parent.insertBefore(child, parent.childNodes[index] ?? null);
    }
  });
  while (parent.childNodes.length > children.length) {
    parent.lastChild.remove();
  }
}

/** Makes the element anew if what it shows has changed. */
export function render(element, shown, make) {
  const text = JSON.stringify(shown);
  if (element.shownText !== text) {
    element.shownText = text;
    const focused = element.contains(document.activeElement) ? document.activeElement.dataset.state : undefined;
    element.replaceChildren(...make(shown).flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
    if (focused !== undefined) {
      element.querySelector(`[data-state="${CSS.escape(focused)}"]`)?.focus();
    }
  }
}
