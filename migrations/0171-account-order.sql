-- Where its owner put an account among those of its executor, from 0; null: nowhere, so that the least used goes first.
ALTER TABLE executor_account ADD COLUMN place INTEGER CHECK (place IS NULL OR place >= 0);
