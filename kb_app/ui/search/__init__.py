"""The answers under the search box."""
