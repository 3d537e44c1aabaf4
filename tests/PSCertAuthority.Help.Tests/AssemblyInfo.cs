using Xunit;

// Examples take the default store, which an environment variable of the process names.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
