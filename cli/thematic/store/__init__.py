"""A study folder: study.yaml, human codings and decisions, run manifests."""
