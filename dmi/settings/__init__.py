"""Settings: `base` is shared; `dev`, `test` and `prod` say what differs. The environment is read only here."""
