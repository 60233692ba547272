/** Questions that were asked, and what a person will answer; without an answer they are cancelled. */
export const dialogRecord = {
  asked: [] as string[],
  /** The words on the buttons of the last question. */
  buttons: [] as string[],
  errors: [] as string[],
  answers: (process.env['HOMER_STAND_IN_ANSWERS'] ?? '').split(',').filter(Boolean).map(Number),
};

export const dialog = {
  showMessageBox(options: Electron.MessageBoxOptions): Promise<Electron.MessageBoxReturnValue> {
    dialogRecord.asked.push(options.message);
    dialogRecord.buttons = options.buttons ?? [];
    const response = dialogRecord.answers.shift() ?? options.cancelId ?? 0;
    return Promise.resolve({ response, checkboxChecked: false });
  },
  showErrorBox(title: string, content: string): void {
    dialogRecord.errors.push(`${title}\n${content}`);
  },
} satisfies {
  showMessageBox: (options: Electron.MessageBoxOptions) => Promise<Electron.MessageBoxReturnValue>;
} & Pick<Electron.Dialog, 'showErrorBox'>;
