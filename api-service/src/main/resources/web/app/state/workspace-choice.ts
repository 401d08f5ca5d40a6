const KEY = 'storyreel.workspace';

/** The workspace to show: the one chosen last, if the session still opens it, else the session's first. */
export function chosenWorkspace(workspaces: readonly string[]): string | null {
  const remembered = window.localStorage.getItem(KEY);
  return workspaces.find((id) => id === remembered) ?? workspaces[0] ?? null;
}

export function chooseWorkspace(workspaceId: string): void {
  window.localStorage.setItem(KEY, workspaceId);
}
