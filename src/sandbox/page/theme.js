// Dark or light: what the computer prefers, until one says otherwise; that is remembered by the browser.

import { iconButton } from "./dom.js";

const KEY = "sandbox-theme";
const prefersDark = matchMedia("(prefers-color-scheme: dark)");

function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

const isDark = () => (document.documentElement.dataset.theme ?? (prefersDark.matches ? "dark" : "light")) === "dark";

/** Puts on what was chosen last time. */
export function startTheme() {
  const chosen = remembered();
  if (chosen) document.documentElement.dataset.theme = chosen;
}

/** The switch. */
export function themeButton() {
  const turn = (event) => {
    document.documentElement.dataset.theme = isDark() ? "light" : "dark";
    try {
      localStorage.setItem(KEY, document.documentElement.dataset.theme);
    } catch {
      // Without storage the choice lasts as long as the page.
    }
    event.currentTarget.setAttribute("aria-pressed", String(isDark()));
  };
  return iconButton("theme", "Dark look", turn, { "aria-pressed": String(isDark()), "data-key": "theme" });
}
