"""What speech recognition writes as JSON, and turns that people keep in JSON.

`reading` parses the file and asks the shapes of `services` and `results` whether it is
theirs; `segments` reads what no service writes in a way of its own. `words` makes cues of
single words, `fields` takes values out of JSON that may hold anything.
"""
