// These tests start processes and put load on a small machine: side by side they would only disturb each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
