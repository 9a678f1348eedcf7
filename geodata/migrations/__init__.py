"""Steps from one form of the store to the next, run by Alembic (see `geodata.store_open`)."""
