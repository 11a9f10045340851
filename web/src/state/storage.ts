// What the page remembers between visits. A report opened from a file may not store anything; then it forgets.

export function recall(key: string): string | null {
  try {
    return localStorage.getItem(`onrush.${key}`)
  } catch {
    return null
  }
}

export function remember(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`onrush.${key}`)
    else localStorage.setItem(`onrush.${key}`, value)
  } catch {
    // Nothing to do: the choice holds until the page is closed.
  }
}
