"""The inspection page (trang kiểm tra): one offline file in which every number of a round can be asked why."""
