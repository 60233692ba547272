/** Questions that were asked, and what a person will answer; without an answer they are cancelled. */
export const dialogRecord = { asked: [] as string[], errors: [] as string[], answers: [] as number[] };

export const dialog = {
  showMessageBox(options: Electron.MessageBoxOptions): Promise<Electron.MessageBoxReturnValue> {
    dialogRecord.asked.push(options.message);
    const response = dialogRecord.answers.shift() ?? options.cancelId ?? 0;
    return Promise.resolve({ response, checkboxChecked: false });
  },
  showErrorBox(title: string, content: string): void {
    dialogRecord.errors.push(`${title}\n${content}`);
  },
} satisfies {
  showMessageBox: (options: Electron.MessageBoxOptions) => Promise<Electron.MessageBoxReturnValue>;
} & Pick<Electron.Dialog, 'showErrorBox'>;
