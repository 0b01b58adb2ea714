"""Dossiers as people hold them: Word documents from templates, a folder, a manifest, one zip."""
