"""Find the versions of a wire story and say exactly what each outlet changed."""
