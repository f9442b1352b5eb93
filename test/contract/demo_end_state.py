#!/usr/bin/env python3
"""Compare items of a Plex library, read with python-plexapi, with what is expected of them.

usage: demo_end_state.py BASE_URL TOKEN SECTION   with {"<file>": {"title": …, "genres": […], …}} on stdin

Prints a line for each difference. Exit status: 0 when there is none, 1 otherwise.
"""
import json
import sys

from plexapi.server import PlexServer

READ = {
    'title': lambda item: item.title,
    'studio': lambda item: item.studio or '',
    'summary': lambda item: item.summary or '',
    'genres': lambda item: sorted(genre.tag for genre in item.genres),
    'actors': lambda item: sorted(role.tag for role in item.roles),
}


def main():
    base_url, token, name = sys.argv[1:4]
    section = PlexServer(base_url, token, timeout=30).library.section(name)
    by_file = {path: item for item in section.all() for path in item.locations}
    differences = 0
    for path, fields in json.load(sys.stdin).items():
        item = by_file.get(path)
        if item is None:
            print(f'  no item holds {path}')
            differences += 1
            continue
        item.reload()
        for field, wanted in fields.items():
            wanted = sorted(wanted) if isinstance(wanted, list) else wanted
            found = READ[field](item)
            if found != wanted:
                print(f'  {path}: {field} is {found!r}, not {wanted!r}')
                differences += 1
    return 1 if differences else 0


if __name__ == '__main__':
    sys.exit(main())
