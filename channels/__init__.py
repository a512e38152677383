"""Provider adapters, and the small vocabulary that they all speak (`channels.message`)."""
