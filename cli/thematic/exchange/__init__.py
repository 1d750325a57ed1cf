"""What people did in other programs -> acts: Word comments, tables of codings, memos."""
