-- Where the models of an account are, for an executor that takes an address: up to and with its `/v1`. Null: as the settings say.
ALTER TABLE executor_account ADD COLUMN base_url TEXT CHECK (base_url IS NULL OR length(base_url) BETWEEN 8 AND 500);
