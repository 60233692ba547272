// Before any module: validators that are compiled need `eval`, which the content security policy forbids and reports. Zod reads it
// as it is loaded, so that to say it in a module would be too late.
globalThis.__zod_globalConfig = { jitless: true };
